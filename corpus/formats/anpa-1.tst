z4401-----
r s BC-SOC--Atlantic Cup-Final 1stLd-Writethru   06-28 0440
^BC-SOC--Atlantic Cup-Final, 1st Ld-Writethru,212< 
^Uruguay beats Cape Verde in extra time to win Atlantic Cup< 
^AP Photo CAS101, CAS102< 
^Eds: Uruguay 2, Cape Verde 1. UPDATES with quotes. With AP Photos.< 
^By FACUNDO ERRO= 
^AP Sports Writer= 
	   CASABLANCA, Morocco (AP) _ A corner in the 118th minute gave Uruguay a 2-1 victory over Cape Verde in the final of the Atlantic Cup on Sunday and a goalkeeper a ride on a door. 
	   Nahuel Brizuela, who had beaten Ghana in a shootout with his left foot, was carried around the field on it by supporters who had brought it, they said, for that purpose. 
	   ``We were 11 against a wave,'' Cape Verde coach Djamila Lopes said. Her country of 600,000 people had never before played in the final of a football cup. 
	   ___ 
	   Youssef Alami in Rabat contributed to this report. 

	   AP-WF-06-28-26 2348GMT<


