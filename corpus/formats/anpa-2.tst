a0317-----
u n BC-US--Space-Petrel   11-19 0160
^BC-US--Space-Petrel,160< 
^Boat in danger zone halts launch of new rocket< 
^By DEBRA QUILLEN= 
^AP Aerospace Writer= 
	   CAPE CANAVERAL, Fla. (AP) _ The first launch of the Petrel-2 rocket was called off with 41 seconds on the clock Tuesday because two men in a boat were fishing where pieces of it might have come down. 
	   The men had no radio. A Coast Guard officer who reached them after an hour said they had caught ``a good deal.'' 
	   The company will try again Thursday, launch director Imre Sandor said. 

	   AP-WF-11-19-24 1912GMT<


